"""Run the command line with `python -m spuk`."""

from spuk.cli import main

if __name__ == "__main__":
    main()
