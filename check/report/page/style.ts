/** The style sheet of the page: for narrow screens first, light or dark according to the reader's system. */
export const style = `
:root { color-scheme: light dark; --ground: #ffffff; --text: #1b1f24; --soft: #57606a; --grid: #d8dee4; --candidate: #0b5cad; --baseline: #a3420a; --good: #116329; --bad: #b3261e; --open: #7a4d00; }
@media (prefers-color-scheme: dark) { :root { --ground: #14181d; --text: #e6e9ed; --soft: #a5afba; --grid: #3a424c; --candidate: #6cb6ff; --baseline: #f5a35c; --good: #6fdd8b; --bad: #ff8f87; --open: #f2cc60; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 1rem; background: var(--ground); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .75rem; }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 0 0 .25rem; }
p { margin: .25rem 0; max-width: 48rem; }
.verdict { display: inline-block; border: .125rem solid; border-radius: .25rem; padding: 0 .5rem; }
.good { color: var(--good); } .bad { color: var(--bad); } .open { color: var(--open); }
.lead { font-size: 1.125rem; }
pre { white-space: pre-wrap; background: none; border: 1px solid var(--grid); padding: .5rem; font: .8125rem/1.45 ui-monospace, monospace; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; max-width: 48rem; }
th, td { text-align: left; vertical-align: top; padding: .25rem .75rem .25rem 0; border-bottom: 1px solid var(--grid); font-weight: normal; }
th { color: var(--soft); width: 40%; }
td:last-child, th:last-child { padding-right: 0; }
td { font-variant-numeric: tabular-nums; }
.pictures { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 26rem), 1fr)); gap: 2rem; }
figure { margin: 0; }
figcaption p, .soft { color: var(--soft); font-size: .875rem; }
svg { display: block; width: 100%; max-width: 30rem; height: auto; }
`;
