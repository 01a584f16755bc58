"""Validate an RO-Crate with roc-validator, without the network.

The validator fetches two JSON-LD contexts. They are answered here from the vocabularies that they
stand for: every plain term is schema.org's, and the few that are not are listed below with the IRI
that the RO-Crate 1.1 and Workflow Run specifications give them.

Usage: validate_crate.py CRATE [REQUIRED|RECOMMENDED]; prints the issues as JSON; exit code 0 if none.
"""

import io
import json
import os
import sys

import requests
from requests.adapters import HTTPAdapter

# The terms of schema.org that a crate of Cairn's uses. One that is missing here is reported.
SCHEMA = """
    CreateAction ControlAction OrganizeAction CreativeWork Dataset SoftwareApplication HowTo HowToStep
    SoftwareSourceCode ComputerLanguage PropertyValue about additionalType actionStatus contentSize
    datePublished description encodingFormat endTime error exampleOfWork hasPart identifier instrument
    license mainEntity mentions name object position programmingLanguage result startTime step url
    value version workExample
""".split()

RO_CRATE = {
    **{term: f"http://schema.org/{term}" for term in SCHEMA},
    "File": "http://schema.org/MediaObject",
    "conformsTo": {"@id": "http://purl.org/dc/terms/conformsTo"},
    "ComputationalWorkflow": "https://bioschemas.org/ComputationalWorkflow",
    "FormalParameter": "https://bioschemas.org/FormalParameter",
    "input": {"@id": "https://bioschemas.org/ComputationalWorkflow#input"},
    "output": {"@id": "https://bioschemas.org/ComputationalWorkflow#output"},
}
WORKFLOW_RUN = {
    name: f"https://w3id.org/ro/terms/workflow-run#{name}"
    for name in ("sha256", "sha512", "md5", "environment", "containerImage", "resourceUsage", "ParameterConnection")
}
CONTEXTS = {
    "https://w3id.org/ro/crate/1.1/context": RO_CRATE,
    "https://w3id.org/ro/terms/workflow-run/context": WORKFLOW_RUN,
}


def answer(self, request, **kwargs):
    """Stand in for the network: the two contexts, and nothing else."""
    url = request.url.split("?")[0]
    if url not in CONTEXTS:
        raise requests.ConnectionError(f"no network in this test: {url}")
    response = requests.Response()
    response.status_code = 200
    response.url = request.url
    response.request = request
    response.headers["Content-Type"] = "application/ld+json"
    body = json.dumps({"@context": CONTEXTS[url]}).encode()
    from urllib3 import HTTPResponse

    response.raw = HTTPResponse(io.BytesIO(body), headers=dict(response.headers), status=200, preload_content=False)
    return response


HTTPAdapter.send = answer

from rocrate_validator import models, services  # noqa: E402


def main() -> int:
    crate, severity = sys.argv[1], (sys.argv[2:] or ["REQUIRED"])[0]
    result = services.validate(
        services.ValidationSettings(
            rocrate_uri=os.path.abspath(crate),
            profile_identifier="provenance-run-crate-0.5",
            requirement_severity=getattr(models.Severity, severity),
                    )
    )
    issues = [
        {
            "severity": issue.severity.name,
            "check": issue.check.identifier,
            "message": issue.message,
            "entity": str(issue.violatingEntity),
        }
        for issue in result.get_issues()
    ]
    print(json.dumps(issues, indent=2))
    return 1 if issues else 0


if __name__ == "__main__":
    sys.exit(main())
