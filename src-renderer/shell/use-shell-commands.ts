import { useEffect, useEffectEvent } from 'react';
import { type ShellCommand, useClient } from '../client/index.ts';
import {
  goTo,
  openTab,
  reopenTab,
  showDialog,
  type ThemeChoice,
  to,
  usePreferences,
} from '../state/index.ts';
import { useOpenFolder } from '../ui/index.ts';
import { palette } from './palette/store.ts';
import { closeTabOrWindow } from './tabs/tab-keys.ts';
import { changeTextSize } from './text-size.ts';

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
        else if (command.item === 'search') palette.open();
        else if (command.item === 'keys') showDialog({ kind: 'shortcuts' });
        else if (command.item === 'tour') showDialog({ kind: 'tour' });
        else if (command.item === 'new-tab') openTab();
        else if (command.item === 'reopen-tab') reopenTab();
        else if (command.item === 'close-tab') closeTabOrWindow();
        else if (command.item === 'text-larger') changeTextSize(1);
        else if (command.item === 'text-smaller') changeTextSize(-1);
        else if (command.item === 'text-usual') changeTextSize(0);
        else setTheme(command.item);
        break;
    }
  });
  useEffect(() => bridge?.onMenu((command) => void carryOut(command)), [bridge]);
}

function setTheme(item: `theme-${ThemeChoice}`): void {
  usePreferences.getState().set({ theme: item.slice('theme-'.length) as ThemeChoice });
}
