from linkwell.evaluations.actions.ending import end, finish, note_stage, refuse_running
from linkwell.evaluations.actions.opt_outs import load_opt_outs
from linkwell.evaluations.actions.writing import begin, fix, run, write

__all__ = ["begin", "end", "finish", "fix", "load_opt_outs", "note_stage", "refuse_running", "run", "write"]
