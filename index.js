/**
 * n8n finds nodes and credentials through the "n8n" block of package.json. This entry hands out the same classes by name.
 */
const { n8n } = require('./package.json');

module.exports = Object.assign({}, ...[...n8n.nodes, ...n8n.credentials].map((path) => require(`./${path}`)));
