"""An action is one complete folder: description, code, scenarios, help."""
import json
import re

from .finding import Finding

SCENARIOS_MIN = 2


def check(root, names):
    folders = sorted({name.split("/")[1] for name in names
                      if name.startswith("actions/") and name.count("/") >= 2})
    return [finding for folder in folders for finding in check_folder(root, folder, set(names))]


def check_folder(root, action, names):
    folder = f"actions/{action}"
    needed = ["action.json", f"{action}.cpp", f"{action}.flow", "README.md"]
    found = [Finding(f"{folder}/{file}", 1, "action", "is missing: see CONTRIBUTING.md, An action")
             for file in needed if f"{folder}/{file}" not in names]
    if not found:
        found += check_manifest(root, folder, action)
        found += check_scenarios(root, f"{folder}/{action}.flow")
    return found


def check_manifest(root, folder, action):
    file = f"{folder}/action.json"
    try:
        manifest = json.loads((root / file).read_text())
    except json.JSONDecodeError as error:
        return [Finding(file, error.lineno, "action", f"not JSON: {error.msg}")]
    if manifest.get("name") != action:
        return [Finding(file, 1, "action", f'"name" is not "{action}", the name of its folder')]
    return []


def check_scenarios(root, file):
    count = len(re.findall(r"^scenario\b", (root / file).read_text(), re.M))
    if count >= SCENARIOS_MIN:
        return []
    return [Finding(file, 1, "action", f"{count} scenarios; at least {SCENARIOS_MIN}, one of them "
                                       "about what goes wrong")]
