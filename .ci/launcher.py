"""The installed command: in a wheel, this is `keycode_portal/__init__.py`.

The wheel has the portal's folders inside `keycode_portal`, out of the way of any other `engine`,
`tui`, `data` or `locales`; that folder comes first on the path, before PYTHONPATH and all else that
is installed. An editable install finds them in the checkout, as `python -m tui` does there.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from tui.__main__ import main

__all__ = ["main"]
