const { dest, parallel, src } = require('gulp');

/** Icons, byte for byte. */
const copyIcons = () => src('nodes/**/*.svg', { encoding: false }).pipe(dest('dist/nodes'));

/** Codex files (search words, links) and output schemas. */
const copyData = () =>
	src(['nodes/**/*.node.json', 'nodes/**/__schema__/**/*.json']).pipe(dest('dist/nodes'));

exports.build = parallel(copyIcons, copyData);
exports.default = exports.build;
