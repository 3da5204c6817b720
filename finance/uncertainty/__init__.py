"""What is uncertain: what is drawn, what comes out of draws, and how far it lies apart."""
