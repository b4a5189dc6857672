-- Requests and quotes, found by their numbers; none is ever removed.
CREATE TABLE papers (
    series text COLLATE "C" NOT NULL,
    year integer NOT NULL,
    count integer NOT NULL,
    company text NOT NULL,
    maker text NOT NULL,
    state text NOT NULL,
    body text NOT NULL,
    PRIMARY KEY (series, year, count)
);
CREATE INDEX papers_by_company ON papers (company, series, year, count);
CREATE INDEX papers_open ON papers (series, year, count) WHERE state = 'open';

GRANT SELECT, INSERT, UPDATE (state, body) ON papers TO keycode_portal, keycode_desk;

INSERT INTO version (number) VALUES (2);
