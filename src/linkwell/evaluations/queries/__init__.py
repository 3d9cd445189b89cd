from linkwell.evaluations.queries.evaluations import choices, evaluation, evaluations, numbers, result
from linkwell.evaluations.queries.opt_outs import opt_out_lists
from linkwell.evaluations.queries.register import register
from linkwell.evaluations.queries.rows import rows

__all__ = ["choices", "evaluation", "evaluations", "numbers", "opt_out_lists", "register", "result", "rows"]
