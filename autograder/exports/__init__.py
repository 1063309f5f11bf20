"""Files that other systems read: spreadsheets, Canvas, Moodle, Gradescope."""
