"""Pictures of the demo's page, to be looked at after each change of it.

    uv run python tests/pictures/take.py

Writes this folder's PNGs anew: the page as it opens, a chosen node and the table, on a desk and on
a phone.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM, FLAGS, go

HERE = Path(__file__).parent
VIEWS = {"demo": "", "node": "#node=method%2Fresnet", "table": "#table=entities"}
SCREENS = {"": (1280, 800), "-phone": (390, 844)}


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        at = Path(folder) / "demo"
        subprocess.run([sys.executable, "-m", "kg", "demo", "--at", str(at)], check=True)
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for suffix, (width, height) in SCREENS.items():
            page = browser.new_page(viewport={"width": width, "height": height})
            page.emulate_media(reduced_motion="reduce")
            for view, address in VIEWS.items():
                go(page, (at / "view.html").as_uri() + address)
                page.screenshot(path=HERE / f"{view}{suffix}.png")


if __name__ == "__main__":
    main()
