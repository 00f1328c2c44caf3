"""``python -m deploy.front_door.site FOLDER``: write the documentation site, which the front door serves."""

import argparse
from pathlib import Path

from deploy.front_door.site.writing import write_site


def main() -> None:
    """Write the site into the folder that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m deploy.front_door.site", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder: Path = parser.parse_args().folder
    print(f"{len(write_site(folder))} files in {folder}")


if __name__ == "__main__":
    main()
