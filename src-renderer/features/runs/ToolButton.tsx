import { Button, type ButtonProps } from '@mantine/core';
import type { ReactNode, Ref } from 'react';
import css from './tool.module.css';

interface ToolButtonProps extends Omit<ButtonProps, 'leftSection' | 'children'> {
  readonly icon: ReactNode;
  readonly label: string;
  readonly title?: string;
  readonly onClick?: () => void;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly 'aria-pressed'?: boolean;
}

/** A button of a row of tools: only its sign where there is little room. */
export function ToolButton({ icon, label, title = label, ...button }: ToolButtonProps) {
  return (
    <Button {...button} leftSection={icon} className={css.tool} aria-label={label} title={title}>
      <span className={css.text}>{label}</span>
    </Button>
  );
}
