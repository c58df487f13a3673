"""The one door: browsers, mail links and API clients come in here and are told apart."""
