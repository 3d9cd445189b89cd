"""The equity funnel: who is offered support and who gets to each step after, group by group."""
