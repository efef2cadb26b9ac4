"""Who is who: participants followed through a session, by tile or by face."""
