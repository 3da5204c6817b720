"""What speed is measured with; see README.md in this folder."""
