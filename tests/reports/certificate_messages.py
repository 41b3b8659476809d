"""The part of docs/messages-reports.md about certificates, their register and their keys."""

from __future__ import annotations

_REGISTER = "certificates/register.jsonl"
_RESTORE_BOTH = "\n  Restore the register and its head from one backup; it is only ever added to."
_RESTORE = "\n  Restore the register from a backup; it is only ever added to."

MEANINGS = {
    "certify-busy": ("Two commands would give out one number twice.", "Wait for the other."),
    "certify-hotel": ("The argument of certify is no hotel.", "Check its spelling."),
    "certify-not-met": ("No certificate without the rule.", "See what is missing."),
    "key-state": ("Only a key that has a successor can be revoked.", "Make the new one first."),
    "keys-unreadable": (
        "keys.json is damaged, or something else.",
        "Without it nobody can verify a certificate: restore it.",
    ),
    "materials-unreadable": ("The folder of posters is not readable.", "Check --materials."),
    "publish-keys": ("Without keys a verification page is of no use.", "Make one first."),
    "publish-out": ("The folder cannot be written.", "Name another."),
    "specimen-language": (
        "The certificate has no words in this language yet.",
        "Translate them first: noroom translate update --own-papers.",
    ),
    "register-before": ("Nothing can happen to what was not issued yet.", "Check the day."),
    "register-chain": (
        "Each line holds the hash of all before it, so a changed, removed or inserted line shows.",
        "Find out who changed it, and restore the register.",
    ),
    "register-ended": ("Only a certificate that holds is replaced.", "Issue a new one."),
    "register-head": (
        "certificates/register.head, signed, remembers where the register ended.",
        "Restore both files from one backup.",
    ),
    "register-hotel": ("A certificate's hotel is gone from hotels.csv.", "Put it back."),
    "register-line": ("The register was changed by hand or damaged.", "Restore it."),
    "register-over": ("The certificate was revoked, ended or replaced before.", "Nothing to do."),
    "register-pdf": ("The PDF is not the one whose hash the register has.", "Restore it."),
    "register-signature": (
        "Somebody without the programme's key wrote a line, or changed one and linked it anew.",
        "Do not issue anything before you know who.",
    ),
    "register-rewritten": (
        "A head that somebody kept shows what stood in the register then; now it does not.",
        "Restore the newest copy; ask who put another one there.",
    ),
    "register-truncated": (
        "Lines at the end are gone: an old copy was put back, or somebody cut it.",
        "Numbers would be given out twice; restore the newest copy.",
    ),
    "register-unknown": ("No certificate has this number, and no hotel this id.", "List them."),
    "register-unreadable": ("The register is there and cannot be read.", "Check permissions."),
    "signing-key-form": ("The signing key is damaged or of another kind.", "Give the right file."),
    "signing-key-missing": ("Certificates are signed; nobody made a key yet.", "Make one."),
    "signing-key-other": (
        "The key belongs to another programme, or is retired.",
        "Check NOROOM_SIGNING_KEY and NOROOM_SIGNING_KEY_FILE.",
    ),
    "signing-key-place": ("Folders of programmes are shared; keys are not.", "Put it elsewhere."),
    "signing-key-unreadable": ("The file of the signing key cannot be read.", "Check its name."),
    "signing-key-write": ("A key never takes the place of another file.", "Name a new file."),
    "verify-form": ("The code is incomplete, or was never a certificate's.", "Read it again."),
    "verify-format": ("Only PDF, PNG, JPEG and text are read.", "Give one of them."),
    "verify-input": ("There is no such file, and it is no code.", "Check the name."),
    "verify-no-code": ("The picture is too small or blurred, or shows none.", "Take another."),
    "verify-number": (
        "A signed certificate whose number the register gave to another.",
        "It is not genuine, or the register was changed.",
    ),
    "verify-other-key": ("Another programme signed it, or a forger.", "Do not accept it."),
    "verify-other-paper": ("The code was copied from another certificate.", "Do not accept it."),
    "verify-pdf": ("The PDF cannot be opened.", "Ask for it again."),
    "verify-register": (
        "register.json was changed, or is of another day than the register.head beside it.",
        "Get both anew from the programme.",
    ),
    "verify-signature": ("A fact was changed after signing.", "Do not accept it."),
    "verify-too-large": ("No certificate is that large.", "Give a smaller file."),
    "verify-two-codes": ("The page shows another certificate than the file has.", "Ask."),
}

WRITTEN = {
    "certify-busy": f"{_REGISTER}: error[certify-busy]: another noroom command is "
    "issuing certificates\n  Wait until it has finished, then try again.",
    "certify-hotel": 'hotels.csv: error[certify-hotel]: there is no hotel "acme-9" in hotels.csv\n'
    "  Write its id as it stands in the column hotel.",
    "certify-not-met": 'hotels.csv: error[certify-not-met]: the hotel "acme-1" does not meet the '
    "rule on 2026-11-21\n  See why: noroom explain acme-1",
    "key-state": 'certificates/keys.json: error[key-state]: the key "3a8c0b5e7d21" signs for the '
    "programme now\n  First make its successor: noroom register keys new. noroom register keys "
    "list.",
    "keys-unreadable": "keys.json: error[keys-unreadable]: these public keys cannot be read: a key "
    "is not an Ed25519 key\n"
    "  Restore the file from a backup, or get it anew from the programme.",
    "specimen-language": "programme/papers: error[specimen-language]: there are no words of a "
    "certificate in: sv\n  There are: en, nl. See noroom translate --own-papers.",
    "materials-unreadable": "posters: error[materials-unreadable]: the posters and cards cannot be "
    "read: Permission denied\n  Name the folder that noroom materials wrote: --materials DIR.",
    "publish-keys": "public: error[publish-keys]: there are no keys yet, so nobody could verify "
    "anything\n  Make one: noroom register keys new.",
    "publish-out": "public: error[publish-out]: this folder cannot be written: Permission denied\n"
    "  Name a folder that is yours; one that is missing is made.",
    "register-before": f"{_REGISTER}: error[register-before]: certificate 2026-0007 was issued on "
    "2026-11-21, after 2026-11-20\n  Give a later day with --on.",
    "register-chain": f"{_REGISTER}:4: error[register-chain]: what stands before this line is not "
    f"what stood there when it was written{_RESTORE}",
    "register-ended": f"{_REGISTER}: error[register-ended]: certificate 2026-0007 does not hold on "
    "2026-11-21, so nothing can replace it\n"
    "  If the hotel meets the rule: noroom certify acme-1",
    "register-head": "certificates/register.head: error[register-head]: the note on the register's "
    f"last line cannot be read{_RESTORE_BOTH}",
    "register-hotel": 'hotels.csv: error[register-hotel]: the hotel "acme-1" of certificate '
    "2026-0007 is not in hotels.csv\n"
    "  Put it back under the id it had; a hotel keeps its id when it is renamed.",
    "register-line": f"{_REGISTER}:3: error[register-line]: this line of the "
    f"register cannot be read: the key 'number' is missing{_RESTORE}",
    "register-over": f"{_REGISTER}: error[register-over]: certificate 2026-0007 has ended already\n"
    "  noroom register list shows what became of each.",
    "register-pdf": "certificates/2026-0007-acme-1/certificate-2026-0007.pdf: error[register-pdf]: "
    "this is not the PDF of certificate 2026-0007 as it was issued\n"
    "  Restore it from a backup, or issue it anew: noroom register reissue.",
    "register-rewritten": f"{_REGISTER}: error[register-rewritten]: the register does not begin "
    f"with the 12 lines that stood in it on 2026-11-21{_RESTORE_BOTH}",
    "register-signature": f"{_REGISTER}:4: error[register-signature]: this line of the register "
    f"was not signed by a key of the programme{_RESTORE}",
    "register-truncated": f"{_REGISTER}: error[register-truncated]: the register is not the one "
    f"that was written last: lines at its end are gone or changed{_RESTORE}",
    "register-unknown": f'{_REGISTER}: error[register-unknown]: there is no certificate "acme-9", '
    "and no hotel of this id that had one\n  noroom register list shows numbers and hotels.",
    "register-unreadable": f"{_REGISTER}: error[register-unreadable]: the register cannot be read: "
    "Permission denied\n  Check that it is a file and yours.",
    "signing-key-form": "NOROOM_SIGNING_KEY: error[signing-key-form]: this is not a private "
    "Ed25519 key in PEM\n"
    "  Give the file that noroom register keys new wrote, unchanged.",
    "signing-key-missing": "certificates/keys.json: error[signing-key-missing]: there is no key to "
    "sign certificates with\n"
    "  Make one: noroom register keys new. Or name it: NOROOM_SIGNING_KEY_FILE.",
    "signing-key-other": "old.pem: error[signing-key-other]: this key is not the one that signs "
    "for this programme now\n  Use the newest of noroom register keys list, or make one: noroom "
    "register keys new.",
    "signing-key-place": "certificates/key.pem: error[signing-key-place]: the private key would "
    "lie in the programme's folder, which is copied and shared\n"
    "  Name a file elsewhere: --out, or leave --out away.",
    "signing-key-unreadable": "key.pem: error[signing-key-unreadable]: the key to sign with cannot "
    "be read: No such file or directory\n"
    "  Check the file, and that it is yours; NOROOM_SIGNING_KEY_FILE names it.",
    "signing-key-write": "key.pem: error[signing-key-write]: the new key cannot be written: File "
    "exists\n  Name a file that is not there yet, in a folder of yours: --out FILE.",
    "verify-form": "photo.png: error[verify-form]: this code was not made for a certificate, or it "
    "is damaged: it has not three parts\n"
    "  Read the code again, as a whole; if it stays so, the paper is not genuine.",
    "verify-format": "certificate.docx: error[verify-format]: this is no PDF, picture or text that "
    "can be read\n  Give the certificate as PDF, PNG or JPEG, or the text of its code.",
    "verify-input": "certifcate.pdf: error[verify-input]: this is neither a file that is there nor "
    "the text of a certificate's code\n"
    "  Give the PDF, a picture of it, or the whole text that a phone reads from the code.",
    "verify-no-code": "photo.png: error[verify-no-code]: no certificate's code was found in this "
    "file\n  Take a picture of the code alone: sharp, straight, and large.",
    "verify-number": "copy.pdf: error[verify-number]: the register has another certificate under "
    "the number 2026-0007\n"
    "  Do not accept this certificate. Tell the programme where you saw it.",
    "verify-other-key": "copy.pdf: error[verify-other-key]: the key 3a8c0b5e7d21 is not one of "
    "this programme's\n  Get the newest keys.json from the programme; if it stays so, it is not "
    "genuine.",
    "verify-other-paper": "copy.pdf: error[verify-other-paper]: the code is genuine, but the page "
    'does not say "Acme Poort", which it stands for\n'
    "  The code was put on another paper. Believe the code, not the page.",
    "verify-pdf": "copy.pdf: error[verify-pdf]: this PDF is damaged, or locked with a password\n"
    "  Give it as it was sent, or a picture of its code.",
    "verify-register": "register.json: error[verify-register]: this register.json is not the one "
    "that the programme signed\n"
    "  Get register.json and register.head anew from the programme, both of one day.",
    "verify-signature": "copy.pdf: error[verify-signature]: the signature does not fit: something "
    "was changed after the programme signed it\n"
    "  Do not accept this certificate. Tell the programme where you saw it.",
    "verify-too-large": "film.mp4: error[verify-too-large]: this file has 81,000,000 bytes; no "
    "certificate has more than 30,000,000\n  Give the certificate, or a smaller picture of it.",
    "verify-two-codes": "copy.pdf: error[verify-two-codes]: the code on the paper and the code "
    "inside the file are two different ones\n"
    "  Somebody put them together. Ask the programme for its register.",
}
