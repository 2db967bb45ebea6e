import './styles/index.css'
import { render } from 'preact'
import { App } from './app.tsx'
import { keptTheme } from './memory/theme.ts'

const theme = keptTheme()
if (theme) document.documentElement.dataset.theme = theme

const root = document.getElementById('app')
if (root) render(<App />, root)
