"""HTTP only: read the request, call a query or an action, answer."""
