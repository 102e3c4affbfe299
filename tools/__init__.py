"""How the site is made. No example code lives here."""
