from linkwell.tasks.subjects import page_of

page_of("response", "outcomes:response")
# A task to ask leads to the questionnaires of the case it is about.
page_of("questionnaire", "outcomes:choose")
