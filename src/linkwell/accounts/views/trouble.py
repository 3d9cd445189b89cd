"""What an action found wrong, shown at the boxes it concerns."""

from django import forms

from linkwell.kernel.errors import Invalid


def show_findings(form: forms.Form, invalid: Invalid) -> None:
    for finding in invalid.findings:
        form.add_error(finding.where if finding.where in form.fields else None, finding.message)
