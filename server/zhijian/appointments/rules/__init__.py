"""Pure decisions of appointments."""
