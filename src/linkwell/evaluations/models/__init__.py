from linkwell.evaluations.models.evaluation import Basis, Counted, DesignKind, Evaluation, EvaluationResult, Who
from linkwell.evaluations.models.opt_outs import OptOutList

__all__ = ["Basis", "Counted", "DesignKind", "Evaluation", "EvaluationResult", "OptOutList", "Who"]
