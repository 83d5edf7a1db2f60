"""What the machine must have to make PDFs well; asked by ``manage.py check`` and before every migration."""

import shutil
import subprocess

from django.core import checks

# The code points of 喆, 𠅤 and 𪚥, which the shipped fonts lack. fonts-noto-cjk has the first two, which stand in names;
# fonts-hanazono has the third, as it has all of Unicode's extension B.
_RARE = ("5586", "20164", "2a6a5")
_SHIPPED = {
    "FandolFang-Regular.otf",
    "FandolHei-Regular.otf",
    "FandolKai-Regular.otf",
    "FandolSong-Bold.otf",
    "PageNumbersSong-Regular.otf",
}


@checks.register("rendering")
def fonts_and_libraries(app_configs, **kwargs) -> list[checks.CheckMessage]:
    """The shipped fonts, the library that cuts them to size, and a font for rare characters."""
    # Here, not above: WeasyPrint takes half a second to load, and not every command checks.
    from disclosure.publishing.rendering.pdf import CAN_SUBSET_QUICKLY, FONTS

    found: list[checks.CheckMessage] = []
    if missing := sorted(_SHIPPED - {font.name for font in FONTS}):
        found.append(
            checks.Error(
                f"缺少随代码提供的字体：{'、'.join(missing)}。",
                hint="请从代码仓库恢复 static/fonts 目录。",
                id="rendering.E001",
            )
        )
    if not CAN_SUBSET_QUICKLY:
        found.append(
            checks.Warning(
                "没有安装 libharfbuzz-subset0，生成一份 PDF 需要约十秒，而不是不到半秒。",
                hint="Debian：apt install libharfbuzz-subset0，然后重新启动。",
                id="rendering.W001",
            )
        )
    if not all(_is_in_some_font(code) for code in _RARE):
        found.append(
            checks.Warning(
                "没有收录生僻字的字体，PDF 中人名、地名里的生僻字会显示为方框。",
                hint="Debian：apt install fonts-noto-cjk fonts-hanazono，然后重新启动。",
                id="rendering.W002",
            )
        )
    return found


def _is_in_some_font(code: str) -> bool:
    """Whether a font of this machine has the character with the hexadecimal ``code``; True where nobody can tell."""
    command = shutil.which("fc-list")
    if command is None:
        return True
    result = subprocess.run([command, f":charset={code}", "file"], capture_output=True, check=False)  # noqa: S603
    return result.returncode != 0 or bool(result.stdout.strip())
