import { spotlight } from '@mantine/spotlight';
import { useEffect, useEffectEvent } from 'react';
import { type ShellCommand, useClient } from '../client/index.ts';
import { goTo, showDialog, to } from '../state/index.ts';
import { useOpenFolder } from '../ui/index.ts';

/** Carries out what the desktop's menu, a second start, or a link asks of this window. */
export function useShellCommands(): void {
  const { bridge } = useClient();
  const folders = useOpenFolder();
  const carryOut = useEffectEvent(async (command: ShellCommand) => {
    switch (command.type) {
      case 'open':
        if ((await folders.openHere(command.path)) && command.run !== null) {
          goTo(to('run', [command.run]));
        }
        break;
      case 'show-run':
        goTo(to('run', [command.run]));
        break;
      case 'menu':
        if (command.item === 'close-folder') await folders.close();
        else if (command.item === 'settings') goTo(to('settings'));
        else if (command.item === 'about') goTo(to('settings', [], { section: 'about' }));
        else if (command.item === 'search') spotlight.open();
        else showDialog({ kind: 'shortcuts' });
        break;
    }
  });
  useEffect(() => bridge?.onMenu((command) => void carryOut(command)), [bridge]);
}
