/** The looks of an HTML export: Lectern's paper and night, on screen and on paper. */
export const stylesheet = `
:root { --paper: #fbf8f1; --ink: #26221c; --quiet: #6b6459; --line: #e2dacb; --accent: #8a3d1f;
  --yellow: #c99a00; --green: #4d8a3c; --blue: #3a78b5; --pink: #c0507d; --violet: #7d5bb5; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #1b1a18; --ink: #dcd6ca; --quiet: #a39b8d; --line: #38352f; --accent: #e09a74;
    --yellow: #d9b13b; --green: #7fb76c; --blue: #74a9dc; --pink: #de86ab; --violet: #ac8fdd; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.06rem/1.6 Literata, Georgia, 'Times New Roman', serif; overflow-wrap: anywhere; }
main { max-width: 42rem; margin: 0 auto; padding: 3rem 1.5rem 5rem; }
section + section { margin-top: 4rem; }
.collection, .about, footer { color: var(--quiet); font: 0.8rem/1.5 Inter, system-ui, sans-serif; }
h1 { margin: 0; font-size: 1.7rem; line-height: 1.25; font-weight: 600; }
h2, h3, h4, h5, h6 { margin: 1em 0 0.3em; font-size: 1.05rem; }
article { margin: 2rem 0; padding-inline-start: 1.1rem; border-inline-start: 3px solid var(--colour); }
.yellow { --colour: var(--yellow); } .green { --colour: var(--green); } .blue { --colour: var(--blue); }
.pink { --colour: var(--pink); } .violet { --colour: var(--violet); } .bookmark { --colour: var(--accent); }
blockquote { margin: 0 0 0.6rem; white-space: pre-wrap; }
.body { margin: 0.4rem 0; font-family: Inter, system-ui, sans-serif; font-size: 0.95rem; }
.body > :first-child { margin-top: 0; } .body > :last-child { margin-bottom: 0; }
.body blockquote { margin-inline: 0; padding-inline-start: 0.8rem; border-inline-start: 1px solid var(--line); color: var(--quiet); white-space: normal; }
.tag { color: var(--accent); unicode-bidi: isolate; }
a { color: var(--accent); }
footer a { color: inherit; text-decoration-style: dotted; text-underline-offset: 2px; }
pre { overflow-x: auto; padding: 0.6rem 0.8rem; border: 1px solid var(--line); white-space: pre-wrap; }
code, pre { font: 0.85em/1.5 ui-monospace, monospace; }
table { border-collapse: collapse; } th, td { padding: 0.2rem 0.6rem; border-bottom: 1px solid var(--line); text-align: start; }
hr { border: 0; border-top: 1px solid var(--line); }
@media print {
  :root { --paper: #fff; --ink: #000; --quiet: #444; --line: #bbb; --accent: #000; }
  main { max-width: none; padding: 0; } section { break-before: page; } section:first-of-type { break-before: auto; }
  article { break-inside: avoid; } h1 { break-after: avoid; }
  a[href^='http']::after { content: ' (' attr(href) ')'; font-size: 0.8em; } footer a[href]::after { content: none; }
}
`;
