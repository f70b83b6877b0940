"""`python -m wadah` is `wadah`."""

from wadah.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
