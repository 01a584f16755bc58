/** Names for runs that were given none: two words and a number, as MLflow's clients expect. */
import { randomInt } from 'node:crypto';

const adjectives = (
  'agile amber ample brave breezy bright brisk calm candid clear clever cosy crisp curious daring deep eager ' +
  'earnest even fair fleet fresh gentle glad golden grand hardy honest humble jolly keen kind light lively ' +
  'loyal lucid mellow merry mild neat nimble noble placid plain polite proud quick quiet rapid rare ready ' +
  'robust rosy serene sharp silent silver sleek smart smooth snowy solid sound spry stable steady still ' +
  'stout subtle sunny swift tidy tranquil true upbeat vivid warm wise witty young zesty'
).split(' ');

const nouns = (
  'alder aspen badger basin beacon birch bluff boulder brook canyon cedar cliff cove crag crane creek ' +
  'crest dale delta dune eagle falcon fell fern finch fjord flint ford forest fox geyser glacier glade ' +
  'glen gorge grove gulch hare harbor hawk heath heron hill inlet island ibex juniper kestrel knoll lagoon ' +
  'lake larch ledge lichen linden lynx maple marmot marsh meadow mesa moor moss oak osprey otter pass peak ' +
  'pebble pine plain plateau pond prairie quarry rapids raven reef ridge river robin rowan sable shoal ' +
  'shore slope spring spruce stream summit swift thicket tundra vale valley willow wren'
).split(' ');

/** `adjective-noun-number`, at most 20 characters. */
export function generateRunName(): string {
  const name = `${pick(adjectives)}-${pick(nouns)}-${randomInt(1000)}`;
  return name.slice(0, 20);
}

function pick(words: readonly string[]): string {
  return words[randomInt(words.length)] as string;
}
