"""The May pack drawn and printed: maps, the report, the members' briefing."""
