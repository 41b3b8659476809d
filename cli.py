"""The command `noroom`, assembled from its two halves."""

from __future__ import annotations

from programme.command_line import LazyGroup

main = LazyGroup(
    name="noroom",
    help="A course for hotel staff: packages for any LMS, completions, certificates.",
    commands={
        "scorm_builder.commands.author": {
            "init": "Make a new folder with an example of everything.",
            "schema": "Give editors what they need to complete and check the YAML files.",
            "preview": "Show a course beside a simulated LMS while you write it.",
        },
        "scorm_builder.commands.check_and_build": {
            "check": "Find every problem in a course, with its cure.",
            "build": "Compile a course into packages for an LMS.",
        },
        "scorm_builder.commands.site": {
            "site": "Build the programme's public site, for any web server.",
        },
        "scorm_builder.commands.inspect": {
            "inspect": "Say what a package is, and what an LMS would make of it.",
        },
        "scorm_builder.materials.commands": {
            "materials": "Print posters, cards, screens and a guide for the staff room.",
            "contacts": "List whom to call in each country, and what is still to be checked.",
        },
        "scorm_builder.translate.commands": {
            "translate": "Keep translations up to date, and exchange them with translators.",
        },
        "xapi_lrs_reports.commands.sync_and_import": {
            "sync": "Read new statements from the programme's LRSs.",
            "import": "Read statements from files.",
        },
        "xapi_lrs_reports.commands.certify": {
            "certify": "Issue the certificates that hotels have earned.",
        },
        "xapi_lrs_reports.commands.simulate": {
            "simulate": "Write a programme with hotels, employees and statements to try out.",
        },
        "xapi_lrs_reports.commands.register": {
            "register": "Keep the register of certificates: keys, revoke, reissue, publish.",
        },
        "xapi_lrs_reports.commands.verify": {
            "verify": "Say whether a certificate is genuine and still holds.",
        },
        "xapi_lrs_reports.commands.specimen": {
            "specimen": "Print a certificate that is marked as a specimen.",
        },
        "xapi_lrs_reports.commands.roster": {
            "roster": "Keep the list of who works where.",
        },
        "xapi_lrs_reports.commands.report": {
            "report": "Say how far each hotel is, as table, CSV, JSON, XLSX or HTML.",
            "explain": "Say why a hotel is certified, or what it still needs.",
            "privacy": "Say which data about people there are, for works councils.",
        },
        "xapi_lrs_reports.commands.store": {
            "store": "Check, migrate, export and import what was read.",
        },
        "xapi_lrs_reports.commands.forget": {
            "forget": "Remove a person from everything that noroom keeps.",
        },
        "xapi_lrs_reports.commands.hotel": {
            "hotel": "Keep the hotels day by day; print personal codes.",
        },
    },
    offers={
        "kit papers": "scorm_builder.materials.for_kits:open_kit_papers",
        "register signature": "xapi_lrs_reports.certificates.standing:signature_problems",
    },
)

if __name__ == "__main__":
    main()
