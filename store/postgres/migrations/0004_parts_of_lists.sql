-- +goose Up

-- OFAC's ALT and ADD files are parts of the list, not lists without entries.
DELETE FROM list_version WHERE list IN ('OFAC SDN (ALT)', 'OFAC SDN (ADD)');
