import { spotlight } from '@mantine/spotlight';
import { useEffect, useEffectEvent } from 'react';
import { type ShellCommand, useClient } from '../client/index.ts';
import { goTo, showDialog, type ThemeChoice, to, usePreferences } from '../state/index.ts';
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
        else if (command.item === 'keys') showDialog({ kind: 'shortcuts' });
        else setTheme(command.item);
        break;
    }
  });
  useEffect(() => bridge?.onMenu((command) => void carryOut(command)), [bridge]);
}

function setTheme(item: `theme-${ThemeChoice}`): void {
  usePreferences.getState().set({ theme: item.slice('theme-'.length) as ThemeChoice });
}
