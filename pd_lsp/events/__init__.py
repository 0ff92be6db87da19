"""Events that Pipedream keeps, asked for, shown and saved: for server and command line alike."""
