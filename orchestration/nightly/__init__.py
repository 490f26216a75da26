"""The night: everything from the landing zone to the published marts, for one partition."""
