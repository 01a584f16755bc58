/** Every family of routes. A new family is a file with its routes, and a line here. */
import { type Route, RouteTable } from './route.ts';

const families: readonly (readonly Route[])[] = [];

export const routeTable = new RouteTable(families.flat());
