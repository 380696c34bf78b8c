"""The commands, a module each; the command line loads the one that is asked for."""
