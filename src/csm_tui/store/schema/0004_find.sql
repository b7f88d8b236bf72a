-- Finding: an index of every word of the touchpoints, which the file itself keeps, whoever writes.

-- What the index is told of a touchpoint. `place` orders by day, then id, so that the newest are found first without sorting;
-- `mark` says that it is one of all, and whether it holds a script written without blanks, whose words no index can tell apart.
CREATE VIEW touchpoint_words AS
SELECT id, (CAST(coalesce(julianday(day), 0) AS INTEGER) << 40) + id AS place, summary, notes,
  CASE WHEN summary || ' ' || coalesce(notes, '') GLOB '*[' || char(
      0x0E00, 45, 0x109F, 0x1780, 45, 0x17FF, 0x3040, 45, 0x30FF, 0x3400, 45, 0x9FFF, 0xAC00, 45, 0xD7A3,
      0xF900, 45, 0xFAFF, 0x20000, 45, 0x3FFFD) || ']*'
    THEN 'every unspaced' ELSE 'every' END AS mark
FROM touchpoint;

CREATE VIRTUAL TABLE touchpoint_find USING fts5 (
  summary, notes, mark, content = '', columnsize = 0, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER touchpoint_insert_find AFTER INSERT ON touchpoint BEGIN
  INSERT INTO touchpoint_find (rowid, summary, notes, mark)
  SELECT place, summary, notes, mark FROM touchpoint_words WHERE id = NEW.id;
END;
CREATE TRIGGER touchpoint_delete_find BEFORE DELETE ON touchpoint BEGIN
  INSERT INTO touchpoint_find (touchpoint_find, rowid, summary, notes, mark)
  SELECT 'delete', place, summary, notes, mark FROM touchpoint_words WHERE id = OLD.id;
END;
CREATE TRIGGER touchpoint_update_find_old BEFORE UPDATE OF id, day, summary, notes ON touchpoint BEGIN
  INSERT INTO touchpoint_find (touchpoint_find, rowid, summary, notes, mark)
  SELECT 'delete', place, summary, notes, mark FROM touchpoint_words WHERE id = OLD.id;
END;
CREATE TRIGGER touchpoint_update_find_new AFTER UPDATE OF id, day, summary, notes ON touchpoint BEGIN
  INSERT INTO touchpoint_find (rowid, summary, notes, mark)
  SELECT place, summary, notes, mark FROM touchpoint_words WHERE id = NEW.id;
END;

INSERT INTO touchpoint_find (rowid, summary, notes, mark)
SELECT place, summary, notes, mark FROM touchpoint_words ORDER BY place;
