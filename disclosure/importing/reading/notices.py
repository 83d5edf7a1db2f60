"""Sentences on what of a file was left out or settled on the way."""

from __future__ import annotations

from collections.abc import Mapping

_SENTENCES = {
    "pictures": "文件中的图片（{count} 张）没有导入，需要的请把图中文字写入报告。",
    "charts": "文件中的图表（{count} 个）没有导入，需要的请用文字或表格说明。",
    "diagrams": "文件中的 SmartArt 图形（{count} 个）没有导入，需要的请用文字说明。",
    "objects": "文件中嵌入的对象（{count} 个，如 Excel 表格、公式）没有导入，需要的请用文字或表格说明。",
    "contents": "目录没有导入。",
    "changes": "文件中有修订，按全部接受后的文字导入。",
    "comments": "文件中的批注没有导入。",
    "chunks": "文件中插入或链接的其他文档（{count} 个）没有导入，请把其中的文字复制到报告里。",
    "macros": "文件带有宏，宏没有运行，也没有导入。",
}


def sentences(left_out: Mapping[str, int]) -> tuple[str, ...]:
    """One sentence for each kind that was met, in a set order."""
    return tuple(
        sentence.format(count=left_out[kind]) for kind, sentence in _SENTENCES.items() if left_out.get(kind, 0) > 0
    )
