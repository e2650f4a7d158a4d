"""Import a bundle over what is there; run by the Python of Superset's own environment: `import_bundle.py ZIP USER`.

`superset import-dashboards` renews dashboards, but leaves charts and datasets that it has met before as they were.
"""

import sys
from zipfile import ZipFile

from flask import g
from superset.app import create_app


def main(bundle: str, user: str) -> None:
    """Import all that the bundle holds."""
    with create_app().app_context():
        from superset import security_manager
        from superset.commands.importers.v1.assets import ImportAssetsCommand
        from superset.commands.importers.v1.utils import get_contents_from_bundle

        g.user = security_manager.find_user(username=user)
        with ZipFile(bundle) as archive:
            ImportAssetsCommand(get_contents_from_bundle(archive)).run()


if __name__ == "__main__":
    main(*sys.argv[1:])
