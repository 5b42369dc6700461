# This project is generated

Every file of {{name}} comes from [{{bundle}}]({{source}}):

- version: {{version}}
- commit: {{commit}}

Make changes there and lay the project out again with `npm run packages`. A file that can hold a comment says so in its
first line. Files without such a line are generated too: `nodes/core`, which is the same in every package to the last
byte, `eslint.config.mjs`, JSON files, pictures and the license.
