"""The independent check: every constraint and rule, in whole cents, for any allocation.

It knows nothing of the solver. A plan of the model passes here before anything is written, and a
hand-made allocation is judged by the same functions. Each check is one function that yields breaches.
"""

from finance.compliance.breach import Breach, ComplianceError
from finance.compliance.check import broken_facts, check_allocation, require_compliance

__all__ = ["Breach", "ComplianceError", "broken_facts", "check_allocation", "require_compliance"]
