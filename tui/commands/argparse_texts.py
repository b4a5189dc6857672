"""What argparse itself says, marked for translation.

argparse takes its texts by `gettext.gettext` from whatever domain is set; these stand here so
that they are found in ours. Nothing imports this module.
"""

from __future__ import annotations

from tui.wording.translation import N_, ngettext

TEXTS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("unrecognized arguments: %s"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ignored explicit argument %r"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    ngettext("expected %s argument", "expected %s arguments", 2),
)
