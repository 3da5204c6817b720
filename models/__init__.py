"""The allocation model: a case in, an allocation out. Pyomo and HiGHS live here and nowhere else."""

from models.arrays import arrays_of
from models.changes import explain_changes
from models.plan import TimeUpError, clash_of, make_plan
from models.readings import other_readings
from models.solver import solver_name

__all__ = ["TimeUpError", "arrays_of", "clash_of", "explain_changes", "make_plan", "other_readings", "solver_name"]
