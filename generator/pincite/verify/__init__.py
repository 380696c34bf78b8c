"""Verification of a published site by whoever trusts nobody: its own files against each other."""

from pincite.verify.check import Verdict, verify_site
from pincite.verify.fault import Fault
from pincite.verify.places import Folder, Place, Web

__all__ = ["Fault", "Folder", "Place", "Verdict", "Web", "verify_site"]
