"""From the person-months to the marts: what SQL files say, run in order on one connection."""
