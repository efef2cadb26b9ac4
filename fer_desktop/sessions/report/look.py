"""How the report looks: colours as in the window (ui/look/theme.py, light), measures, and the style sheet."""

from typing import Final

TEXT: Final = "#1B1B1F"
MUTED: Final = "#5D5E68"
LINE: Final = "#E3E3E8"
AXIS: Final = "#868894"
UNSEEN: Final = "#EDEDF1"
SMILING: Final = "#E69F00"
SMILING_EDGE: Final = "#A06E00"
SMILING_PALE: Final = "#F8E2B8"
LOW: Final = "#0072B2"
LOW_PALE: Final = "#BFDCEC"
FONTS: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Noto Sans Devanagari', sans-serif"

# One column, 8 px steps; on paper one page, without grounds that grey printers turn into clouds.
STYLE: Final = f"""
:root {{ color-scheme: light; }}
* {{ box-sizing: border-box; }}
body {{ margin: 0; background: #FFFFFF; color: {TEXT}; font: 16px/1.5 {FONTS};
  font-variant-numeric: tabular-nums; }}
main {{ max-width: 760px; margin: 0 auto; padding: 40px 24px 24px; }}
header {{ border-bottom: 1px solid {LINE}; padding-bottom: 16px; margin-bottom: 24px; }}
header p {{ display: flex; flex-wrap: wrap; gap: 0 24px; justify-content: space-between; margin: 0; color: {MUTED}; }}
h1 {{ font-size: 28px; line-height: 1.25; margin: 0 0 4px; overflow-wrap: anywhere; }}
.class {{ color: {MUTED}; font-weight: 400; }}
h2 {{ font-size: 18px; line-height: 1.4; margin: 32px 0 8px; }}
.sentence {{ font-size: 26px; font-weight: 600; line-height: 1.3; margin: 0; }}
.second {{ font-size: 18px; margin: 4px 0 24px; }}
dl {{ display: flex; flex-wrap: wrap; gap: 16px 64px; margin: 0 0 16px; }}
dl div {{ display: flex; flex-direction: column-reverse; }}
dd {{ margin: 0; font-size: 24px; font-weight: 600; line-height: 1.3; }}
dt {{ color: {MUTED}; font-size: 14px; }}
figure {{ margin: 0; }}
figcaption {{ color: {MUTED}; font-size: 14px; }}
svg {{ display: block; width: 100%; height: auto; }}
svg.narrow {{ display: none; }}
table {{ width: 100%; border-collapse: collapse; }}
th, td {{ text-align: start; vertical-align: top; padding: 8px 16px 8px 0; border-bottom: 1px solid {LINE}; }}
th {{ font-weight: 400; white-space: nowrap; }}
td {{ overflow-wrap: anywhere; }}
.words {{ color: {MUTED}; }}
ul {{ margin: 0; padding-inline-start: 20px; }}
.note {{ white-space: pre-wrap; overflow-wrap: anywhere; margin: 0; }}
.rule {{ border-bottom: 1px solid {AXIS}; height: 32px; }}
footer {{ margin-top: 32px; color: {MUTED}; font-size: 14px; }}
footer strong {{ color: {TEXT}; }}
.unseen {{ position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }}
@media screen and (max-width: 600px) {{ svg.wide {{ display: none; }} svg.narrow {{ display: block; }}
  main {{ padding: 24px 16px; }}
  .sentence {{ font-size: 22px; }} dl {{ gap: 16px 32px; }}
  tr {{ display: block; padding: 8px 0; border-bottom: 1px solid {LINE}; }}
  th, td {{ display: block; border: 0; padding: 0; }} }}
@page {{ size: A4; margin: 12mm 14mm; }}
@media print {{ body {{ font-size: 9.5pt; line-height: 1.35; }} main {{ max-width: none; padding: 0; }}
  h1 {{ font-size: 18pt; }} h2 {{ font-size: 12pt; margin: 12px 0 4px; break-after: avoid; }}
  header {{ padding-bottom: 8px; margin-bottom: 12px; }} .sentence {{ font-size: 15pt; }}
  .second {{ font-size: 11pt; margin: 0 0 10px; }} dd {{ font-size: 14pt; }}
  dt, figcaption, footer {{ font-size: 8.5pt; }}
  dl {{ margin: 0; }} th, td {{ padding-block: 3px; }} svg {{ print-color-adjust: exact; }}
  .rule {{ height: 22px; }} footer {{ margin-top: 12px; }} figure, tr, li, .rule {{ break-inside: avoid; }} }}
"""
