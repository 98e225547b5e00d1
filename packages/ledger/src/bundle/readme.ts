/** What lies in a bundle and how it is checked, for whoever receives one. */
export const readme = `A bundle of a Forsat log
========================

events/         what happened, one event to a line: envelope, data, salt
leaves/         SHA-256(00 || envelope) of every event of the log, one to a line, base64url
checkpoints/    size and root of the log at some moments, signed
manifest.json   what was asked for, size and root of the tree, SHA-256 sums of all files
verify.mjs      checks all of this; it needs Node and nothing else, and is meant to be read

To check it:

    node verify.mjs --key KEY --checkpoint LAST-YEAR.checkpoint

KEY is the line that the operator published to check signatures with. Have it, and checkpoints of
earlier visits, from elsewhere than this bundle.

How it hangs together: the envelope of an event is canonical JSON (RFC 8785) and holds no payload, only
commitments. Its leaf is SHA-256 of a zero byte and the envelope. Leaves make a tree (RFC 6962); size
and root of the tree stand in checkpoints (C2SP signed notes, Ed25519). "data" of an envelope is
SHA-256("ledger/data/v1" || 00 || salt || data). "pii" lists what was sealed of a person: "c" is
SHA-256("ledger/pii/v1" || 00 || salt || fields), "s" whose it is, "p" what it is kept for. What was
opened for you stands under "revealed", with its salt. What was erased cannot be opened by anybody; its
commitment stays, and so does the proof that nothing else changed. Data reads {"erased":true} where
something is sealed or erased; events named PersonalDataErased say which.
`
