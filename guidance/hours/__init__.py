"""Time as a business keeps it: opening hours, business days, holidays and time zones."""
