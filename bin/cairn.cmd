@node "%~dp0cairn.js" %*
