"""`make-demo-faces`: generates the people of the demo class."""

from pathlib import Path
from typing import Annotated

import typer


def make_demo_faces(
    data: Annotated[Path, typer.Option("--data", metavar="DIR", help="The folder that contains fer2013/.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where the sheets go; created if missing.")],
    seed: Annotated[int, typer.Option(help="The same seed gives the same people.")] = 7,
) -> None:
    """Generate the faces of the demo class from FER-2013's training faces: morphs, none of them a real person.

    It takes some minutes. The program itself uses those in resources/demo_faces.

    Example: fer-desktop make-demo-faces --data data --out demo-faces
    """
    from rich.console import Console
    from rich.progress import Progress

    from fer_desktop.app.logs import native_chatter_silenced
    from fer_desktop.app.terminal.outputs import check_writable

    check_writable(out)
    with native_chatter_silenced():
        from fer_desktop.simulation.face_generator.generate import generate
    console = Console(stderr=True)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task("demo faces", total=1.0)
        generate(data, out, seed, lambda share: progress.update(task, completed=share))
    typer.echo(f"The faces are in {out}.")
