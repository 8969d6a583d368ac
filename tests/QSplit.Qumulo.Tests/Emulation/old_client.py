"""What Qumulo's old Python client does on the wire: TLS 1.2 only, one call a connection, and no other content type than its own."""
import http.client, json, ssl, sys
from urllib.parse import quote

port, user, password, pem = sys.argv[1:]
context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
context.minimum_version = context.maximum_version = ssl.TLSVersion.TLSv1_2
context.load_verify_locations(pem)
if hasattr(ssl, 'VERIFY_X509_STRICT'):
    context.verify_flags |= ssl.VERIFY_X509_STRICT
token = None
kept = http.client.HTTPSConnection('127.0.0.1', int(port), context=context)


def call(method, uri, body=None, close=False):
    headers = {'Content-Type': 'application/json', 'Content-Length': str(len(body or ''))}
    if token:
        headers['Authorization'] = 'Bearer ' + token
    if close:
        headers['Connection'] = 'close'
    kept.request(method, uri, body=body, headers=headers)
    response = kept.getresponse()
    text = response.read()
    assert response.getheader('Content-Type') == 'application/json', response.getheader('Content-Type')
    assert int(response.getheader('Content-Length')) == len(text)
    if close:
        assert response.getheader('Connection') == 'close', response.getheaders()
    return response.status, json.loads(text.decode('utf-8'))


assert call('GET', '/v1/version', close=True)[1]['revision_id'].split()[-1].count('.') == 2
status, error = call('GET', '/v1/session/who-am-i')
assert status == 401 and isinstance(error, dict), status
token = call('POST', '/v1/session/login', json.dumps({'username': user, 'password': password}))[1]['bearer_token']
totals = call('GET', '/v1/files/%s/aggregates/' % quote('/', safe=''))[1]
entries, uri = [], '/v1/files/%s/entries/?limit=1' % quote('/a b/', safe='')
while uri != '':
    page = call('GET', uri, close=True)[1]
    entries += page['files']
    uri = page['paging']['next']
print('%s : %s directories, %s files; %s' % (
    totals['path'], totals['total_directories'], totals['total_files'], '; '.join('%(path)s %(type)s %(size)s' % e for e in entries)))
