# {{name}}

An [n8n](https://n8n.io) community node that finds running {{processes}} in {{system}} and ends them. List what is
running, or map IDs from an earlier node. Each process that you select is ended, or the output says why it was not.

The node has been tested against an emulator built from the documentation of {{system}}, on no live system yet. The same
node is one of several in [n8n-nodes-terminate]({{source}}), which runs the same code for other systems.

## Installation

This needs n8n {{n8n}} or newer. In n8n open Settings > Community nodes > Install and enter `{{name}}`. The
package has to be on npm for that. A version that is not there yet is installed from its source:

```sh
git clone {{repository}}.git
cd {{name}}
npm install && npm run build && npm pack --ignore-scripts
{{install}}
```

Restart n8n afterwards. n8n's installer does not accept a package if another one has a node of the same name. So remove
n8n-nodes-terminate first, or any other package with a node named **{{node}}**. In queue mode install the package on the main instance and on every worker.

n8n 3 loads a package that n8n has not verified only if `N8N_UNVERIFIED_PACKAGES_ENABLED` is `true`.

## Usage

1. Add the node **{{node}}**, choose **Get Many** and create the credential, as described under
   [{{system}}](#{{anchor}}).
2. Narrow the list down with **Filters** and run the node. Look at each row: these are the processes that you are about
   to end.
3. Add a second **{{node}}** node with the operation **Terminate**, and map the ID of the row.
4. Add the option **Dry Run** and run the workflow. Each item says what would become of its process. Nothing is changed.
5. Remove **Dry Run** and run the workflow again. Every item has an `outcome`, such as `terminated` or `alreadyEnded`.

Running it twice does no harm: ending what has already ended is not a failure.

## Examples

Download a file and import it in n8n's workflow menu. Every process ID in the examples is invented, and none of them
ends anything before you switch it on.

{{examples}}

{{page}}

## More

- [Finding processes](docs/finding.md)
- [Outcomes](docs/outcomes.md)
- [Options](docs/options.md)
- [Recipes](docs/recipes.md)
- [Queue mode](docs/queue-mode.md)
- [AI agents](docs/agents.md)
- [Troubleshooting](docs/troubleshooting.md)
- [Changes](CHANGELOG.md)

## License

[MIT](LICENSE)
